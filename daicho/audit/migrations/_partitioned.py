"""操作履歴の分割表 — the trail's table as PostgreSQL has it: partitioned by month, the writing transaction kept. 標準10.2.

Shipped: never edit; add a migration.
"""

TABLE = """
CREATE SEQUENCE audit_entry_id_seq AS bigint;
CREATE TABLE audit_entry (
    id bigint NOT NULL DEFAULT nextval('audit_entry_id_seq'),
    municipality_code varchar(6) NOT NULL CHECK (municipality_code ~ '^[0-9]{6}$'),
    at timestamptz NOT NULL,
    system varchar(20) NOT NULL,
    account_id bigint,
    login text NOT NULL CHECK (login <> ''),
    actor_name text NOT NULL,
    unit_code text NOT NULL,
    unit_name text NOT NULL,
    office_code text NOT NULL,
    terminal text NOT NULL,
    visit_no text NOT NULL,
    action text NOT NULL CHECK (action <> ''),
    purpose text NOT NULL,
    outcome varchar(7) NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    screen text NOT NULL,
    request_id text NOT NULL,
    subjects uuid[] NOT NULL,
    subject_count integer NOT NULL CHECK (subject_count = cardinality(subjects)),
    shows_numbers boolean NOT NULL,
    digests jsonb NOT NULL,
    detail jsonb NOT NULL,
    written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE audit_entry_id_seq OWNED BY audit_entry.id;
CREATE INDEX audit_entry_written_in ON audit_entry (written_in, id);
CREATE INDEX audit_entry_subjects ON audit_entry USING gin (subjects);
CREATE INDEX audit_entry_login_at ON audit_entry (login, at);
CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;
"""

# Whoever writes a row cannot say in which transaction: the sealer's order rests on it.
TRIGGER = """
CREATE FUNCTION audit_name_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.written_in := pg_current_xact_id();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_name_transaction BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_name_transaction();
"""

# Months begin at midnight in Japan. Rows that the default partition holds already move into the month made for them.
FUNCTION = """
CREATE FUNCTION audit_ensure_partitions(since date, until date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', since)::date;
    part text;
    made integer := 0;
BEGIN
    WHILE month <= until LOOP
        part := 'audit_entry_' || to_char(month, 'YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE;
            EXECUTE format('CREATE TABLE %I (LIKE audit_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
            EXECUTE format(
                'WITH moved AS (DELETE FROM audit_entry_default WHERE at >= %1$L AND at < %2$L RETURNING *) INSERT INTO %3$I SELECT * FROM moved',
                month::timestamp AT TIME ZONE 'Asia/Tokyo', (month + interval '1 month') AT TIME ZONE 'Asia/Tokyo', part);
            EXECUTE format(
                'ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                part, month::timestamp AT TIME ZONE 'Asia/Tokyo', (month + interval '1 month') AT TIME ZONE 'Asia/Tokyo');
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION audit_ensure_partitions(date, date) FROM PUBLIC;
SELECT audit_ensure_partitions((now() AT TIME ZONE 'Asia/Tokyo')::date, ((now() AT TIME ZONE 'Asia/Tokyo') + interval '24 months')::date);
"""

DROP = """
DROP TABLE audit_entry;
DROP FUNCTION audit_name_transaction();
DROP FUNCTION audit_ensure_partitions(date, date);
"""
