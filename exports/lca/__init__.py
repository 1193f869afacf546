"""The scenarios as product systems of life cycle assessment tools."""
