"""照合の関数 — what the public's page may ask of 交付履歴: one check code, nothing about a person. decision 0046."""

from django.db import migrations

# As rules/issue_state.py has it: a 処分 counts unless it was recorded by mistake afterwards, and a 再交付 always does.
CREATE = """
CREATE FUNCTION check_entry(city text, code text)
RETURNS TABLE (issued_on date, pages integer, tally text, unsigned_digest text, delivered_digest text, standing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
    SELECT (i.issued_at AT TIME ZONE 'Asia/Tokyo')::date, i.pages, i.tally::text, i.document_digest, i.delivered_digest,
           CASE WHEN d.recorded_at <= COALESCE(r.issued_at, d.recorded_at) THEN 'cancelled' WHEN r.issued_at IS NOT NULL THEN 'replaced' ELSE 'valid' END
      FROM residents_certificateissue i
      LEFT JOIN LATERAL (
           SELECT r.issued_at FROM residents_certificateissue r WHERE r.replaces_id = i.id ORDER BY r.issued_at, r.id LIMIT 1) r ON true
      LEFT JOIN LATERAL (
           SELECT d.recorded_at FROM residents_issuedisposal d
            WHERE d.certificate_id = i.id AND d.kind <> 'mistaken'
              AND NOT EXISTS (SELECT 1 FROM residents_issuedisposal m WHERE m.certificate_id = i.id AND m.kind = 'mistaken' AND m.id > d.id)
            ORDER BY d.id LIMIT 1) d ON true
     WHERE i.municipality_code = city AND i.check_code = code
$$;
REVOKE ALL ON FUNCTION check_entry(text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0018_principal_notice")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION check_entry(text, text)")]
