"""Pure, frozen types that every stage shares; this package imports nothing else of roadgate."""
