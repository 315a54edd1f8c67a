"""Pages and JSON over a record book. `create_app` in `app`."""
