"""The site: how the parts are switched on."""
