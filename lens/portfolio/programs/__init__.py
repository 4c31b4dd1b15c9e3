"""From the records of a finished run to programs: put together, judged, in a class, with their money."""
