"""Who people are and how they sign in. A person has no role here: what you may do follows from a record."""
