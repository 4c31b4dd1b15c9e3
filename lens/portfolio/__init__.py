"""Many programs at once: published data streamed, screened by the engine of a review, and summed up."""
