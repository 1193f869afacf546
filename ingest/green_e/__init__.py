"""Green-e residual mixes of the United States: a table that the user supplies."""
