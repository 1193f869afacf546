"""Average carbon intensities of electricity that CO2.js ships: Ember by country, Electricity Maps by zone."""
