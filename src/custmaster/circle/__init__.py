"""QC circles (QC小组): small teams that improve the service, topic by topic, in the order of plan, do, check, act."""
