"""The roster (名单制): quality customers on named staff members, with floors, growth targets, tags and handovers."""
