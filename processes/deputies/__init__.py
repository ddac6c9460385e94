"""Deputies: who does another's tasks, from when until when, and under which document."""
