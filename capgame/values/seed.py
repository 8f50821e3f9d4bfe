"""Seeds one can say on the phone: up to five characters of Crockford's base32.

Rules:
1. What is heard alike is alike: I and L read as 1, O as 0, and case does not matter.
2. U is refused, as Crockford has it, and so is everything outside the alphabet.
3. A seed is shown as it was typed; the random streams are fed its canonical form.
4. `7` and `07` are two seeds: a seed is a name, not a number.
"""

from __future__ import annotations

from capgame.errors import BadInput, Problem

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH_MAX = 5
SEEDS = len(ALPHABET) ** LENGTH_MAX  # of full length

ALIKE = str.maketrans("ILO", "110")


def canonical(text: str, thing: str = "seed") -> str:
    """The seed as the streams take it: `kiwi` and `KIWI` are both `K1W1`."""
    seed = text.strip().upper().translate(ALIKE)
    if not seed or len(seed) > LENGTH_MAX:
        raise BadInput(Problem(thing, text, f"a seed of 1 to {LENGTH_MAX} characters", "write for example KIWI"))
    # As typed first: a dotless i has an I for its capital, and would come back from no replay.
    typed = [character for character in text.strip() if not character.isascii()]
    strange = next((character for character in (*typed, *seed) if character not in ALPHABET), "")
    if strange:
        raise BadInput(Problem(thing, text, f"a seed: {strange} is not in it", "use digits and letters, without U"))
    return seed


def spell(number: int) -> str:
    """The full-length canonical seed of a number, for whoever needs many: 0 is `00000`, 31 is `0000Z`."""
    assert 0 <= number < SEEDS, number
    letters = []
    for _ in range(LENGTH_MAX):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))
