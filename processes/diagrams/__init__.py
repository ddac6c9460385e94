"""A procedure as BPMN 2.0: what it consists of, where it is drawn, and its XML."""
