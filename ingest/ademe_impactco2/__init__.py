"""ADEME's Impact CO2: footprints of digital devices and services behind the site impactco2.fr."""
