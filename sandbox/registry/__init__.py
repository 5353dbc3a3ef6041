"""An invented register of enterprises in the format of the BCE's open data, with the legal functions that it lacks."""
