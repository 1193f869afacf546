"""An inventory of elementary flows that the user supplies: what leaves for the environment, by mass."""
