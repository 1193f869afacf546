"""ADEME's Base Carbone: French emission factors, one file a release."""
