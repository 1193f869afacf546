"""What is expected of ../shared/upstream: what does not come from it, what the user supplies, what nobody reads.

The rows and the findings stand in rows.csv and findings.csv beside this file. To write both anew after a source was
added or a contract changed: `python tests/integration/ingest/upstream/write_expected.py`, and read the difference.
"""

# pinned, but not in the folder: the pull fails and says so
NOT_THERE = {
    "ademe_base_carbone": "HTTP status 404",  # nobody has ADEME's own bytes of the CSV, only a table written anew
    "boaviztapi": "pip could not download boaviztapi==2.5.0",  # the folder holds the files of 2.4.1
}

ADEME = "ademe/derived-reserialised/Base_Carbone_V23.6.RESERIALISED"
DECLARED = ["--mapping", "numecoeval", "--licence", "The licence of the test", "--redistributable", "no"]

# landed by `cradle pull SOURCE --file`, in this order: source, files (or the release that the sidecar pins), options
SUPPLIED: list[tuple[str, list[str] | str, list[str]]] = [
    ("ademe_base_carbone", [f"{ADEME}.cp1252.csv"], []),
    ("boaviztapi", "2.4.1", []),
    ("reference_tables", ["g4it/G4ITTeam-2025-04/referential/characterizationFactors.csv"], DECLARED),
    ("reference_tables", ["g4it/teamg4it-2026-08/referential-data/ref_item_impact.csv"], DECLARED),
    ("reference_tables", ["g4it/G4ITTeam-2025-04/test-resources/eval_nominal_ref/itemImpact.csv"], DECLARED),
    ("power_hungry", ["../power/codecarbon_power_hungry/co2_inference-emissions.tar.xz"], []),
]

# lands too, in the place of what is supplied above: source, file, rows
ALSO = [
    ("ademe_base_carbone", "ademe/Base_Carbone_V23.6-v2.xlsx", 18_616),
    ("ademe_base_carbone", f"{ADEME}.subset_electricity_it.cp1252.csv", 576),
]

# tables that hold what the user declared and nothing of upstream: they have no contract and do not count as rows
DECLARATIONS = {"reference_tables__tables"}

# is refused: source, file, what is said
REFUSED = [
    ("ademe_base_carbone", "ademe/derived-reserialised/data-fair-lines.SYNTHESISED-SHAPE.json", "Pages are missing"),
    (
        "boavizta_devices",
        "boavizta-environmental-footprint-data/boavizta-data-fr.csv",
        "This is the French file, whose text is damaged",
    ),
]

NOTES = "describes the data: no rows"
LICENCE = "the text of a licence"
WORDS = "words and settings of G4IT: no impacts"
# path (or a folder that ends in /) -> why no source reads it
UNREAD = {
    "CSV_PROFILE.tsv": NOTES,
    "README.md": NOTES,
    "ademe/SOURCE.md": NOTES,
    "ademe/impactco2/license": LICENCE,
    "ademe/impactco2/public/equivalents.csv": "everyday equivalents (food, transport, clothes): of no AI service",
    "ademe/impactco2/src/utils/Equivalent/values.json": "equivalents for display, the same numbers rounded",
    "aib-format/FORMAT_NOTES.md": NOTES,
    "boavizta-environmental-footprint-data/README.md": NOTES,
    "boavizta-environmental-footprint-data/sources.md": NOTES,
    "boavizta-environmental-footprint-data/tools/test.csv": "test data of the tools of upstream",
    "boaviztapi-2.4.1/LICENSE": LICENCE,
    "boaviztapi-2.4.1/SOURCE.md": NOTES,
    "boaviztapi-2.4.1/archetypes/cloud/cloud.fmt": "a description of columns",
    "boaviztapi-2.4.1/archetypes/cloud/providers.csv": "display names of providers",
    "boaviztapi-2.4.1/archetypes/cloud/regions.csv": "which region of a cloud lies in which country: no impact",
    "boaviztapi-2.4.1/archetypes/server.fmt": "a description of columns",
    "boaviztapi-2.4.1/crowdsourcing/cpu_specs.fmt": "a description of columns",
    "boaviztapi-2.4.1/crowdsourcing/gpu_specs.fmt": "a description of columns",
    "codecarbon/LICENSE": LICENCE,
    "codecarbon/SOURCE.md": NOTES,
    "codecarbon/git-b05965e/": "the repository at a commit: the source pins the wheel 3.3.2",
    "codecarbon/wheel-3.3.2/2023/": "mixes inside the United States, Canada and China: the source takes countries",
    "codecarbon/wheel-3.3.2/carbon_intensity_per_source.json": "intensities by fuel: the source takes countries",
    "codecarbon/wheel-3.3.2/nordic_emissions.json": "three constants of one operator, without a source",
    "ecologits/LICENSE": LICENCE,
    "ecologits/SOURCE.md": NOTES,
    "ecologits/git-5be90da/": "the repository at a commit: the source pins the wheel 0.11.3",
    "co2js/LICENSE": LICENCE,
    "co2js/SOURCE.md": NOTES,
    "co2js/data/IFI_Default_Grid_Factors_2021_v3.1_unfccc.csv": "factors for accounts of finance of 2021: no use here",
    "co2js/data/output/marginal-intensities-2021.json": "marginal intensities: the warehouse holds averages",
    "g4it/G4ITTeam-2025-04/LICENSE.txt": LICENCE,
    "g4it/G4ITTeam-2025-04/NOTICE.txt": LICENCE,
    "g4it/G4ITTeam-2025-04/referential/criteria.csv": WORDS,
    "g4it/G4ITTeam-2025-04/referential/equipmentRefMatching.csv": WORDS,
    "g4it/G4ITTeam-2025-04/referential/hypotheses.csv": WORDS,
    "g4it/G4ITTeam-2025-04/referential/itemTypes.csv": WORDS,
    "g4it/G4ITTeam-2025-04/referential/lifecycleSteps.csv": WORDS,
    "g4it/G4ITTeam-2025-04/samples/": "an invented inventory of a user of G4IT",
    "g4it/G4ITTeam-2025-04/test-resources/": "words and settings of a test of G4IT",
    "g4it/SOURCE.md": NOTES,
    "g4it/teamg4it-2026-08/G4IT_Datamodel_and_reference_data_v3.1.xlsx": "the data model of G4IT, with examples",
    "g4it/teamg4it-2026-08/LICENSE.txt": LICENCE,
    "g4it/teamg4it-2026-08/data/": "types of devices, servers and networks with their lifetimes: no impacts",
    "g4it/teamg4it-2026-08/referential-data/ref_criterion.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_device_type.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_hypothesis.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_item_type.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_lifecycle_step.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_matching_item.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_network_type.csv": WORDS,
    "g4it/teamg4it-2026-08/referential-data/ref_server_host.csv": WORDS,
    "ipcc-gwp/LICENSE": LICENCE,
    "ipcc-gwp/SOURCE.md": NOTES,
    "ipcc-gwp/lciafmt/data/NETL_TRACI2.1.csv": "another method (TRACI 2.1)",
    "ipcc-gwp/lciafmt/data/methods.json": "a list of methods and their addresses: no factors",
    "hubblo-gpu-calculator/README.md": NOTES,
    "hubblo-gpu-calculator/SOURCE.md": NOTES,
    "owid-codebook/": "describes columns of a file that is not in the folder",
}
