"""CodeCarbon logs of the runs of Luccioni, Jernite and Strubell 2024: energy of 6,513 runs of 10 inference tasks."""
