"""The recovery plan: what a person writes for themselves, in their own words."""
