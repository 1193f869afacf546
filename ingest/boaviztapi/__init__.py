"""BoaviztAPI's data files: factors of components, devices and electricity, and specifications of hardware."""
