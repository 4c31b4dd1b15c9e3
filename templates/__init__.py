"""The Jinja templates: what people read (`report`), fill in (`scaffold`) and try (`example`)."""
