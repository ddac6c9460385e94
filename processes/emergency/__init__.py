"""Emergency access: asked for by one person, approved by a second, over by itself."""
