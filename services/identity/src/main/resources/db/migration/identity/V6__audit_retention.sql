-- Old events are forgotten by their age, whoever's they are.
ALTER TABLE audit_event ADD KEY audit_event_age (occurred_at);
