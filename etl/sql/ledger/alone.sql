-- Made under a lock of its own: of several servers that start at once one makes the tables, the others find them.
select pg_advisory_xact_lock(hashtext('oversight ledger'));
