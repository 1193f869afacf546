"""Model cards of Llama 3 and 3.1 (Meta): the sums of their rows; the factors by model are back-solved and no test."""


def sums(p: dict[str, float]) -> dict[str, float]:
    of_3_1 = ("8b", "70b", "405b")
    return {
        "Llama 3 total": p["llama_3_8b_gwp"] + p["llama_3_70b_gwp"],
        "Llama 3.1 total": sum(p[f"llama_3_1_{size}_gwp"] for size in of_3_1),
        "Llama 3.1 GPU hours": sum(p[f"llama_3_1_{size}_hours"] for size in of_3_1),
    }


EQUATIONS = {"llama_card_sums": sums}
