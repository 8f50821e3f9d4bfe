"""Whether a level teaches: the rules of the lint, what they try, and what they find."""
