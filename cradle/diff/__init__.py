"""Two exports side by side: which impacts moved, and because of what."""
