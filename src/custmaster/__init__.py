"""A bank's customer master as an embeddable domain library."""
