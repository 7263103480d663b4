const TENANT = 'WITH tenant (account, size, domain) AS (SELECT $1::uuid, $2::int, $3::text)';

const groups = `
  INSERT INTO groups (id, account_id, name, version, created_at)
  SELECT uuidv7(), account, name, 1, now() FROM tenant, unnest(ARRAY['North', 'South']) AS name`;

/** A group's were made one after the other: the newest four of ten are not North's. */
const organizations = `
  INSERT INTO organizations (id, account_id, group_id, name, version, created_at)
  SELECT uuidv7(), account, g.id, (ARRAY['Harbour', 'Meadow', 'Station', 'Castle', 'Bridge'])[n % 5 + 1] || ' ' || n, 1, now()
    FROM tenant CROSS JOIN generate_series(1, size) AS n
    LEFT JOIN groups g ON g.account_id = account
                      AND g.name = CASE WHEN n <= size * 0.6 THEN 'North' WHEN n <= size * 0.9 THEN 'South' END`;

const profiles = `
  INSERT INTO profiles (user_id, version, name, primary_email)
  SELECT uuidv7(), 1, given || ' ' || family || ' ' || n, lower(given) || '.' || n || '@' || domain
    FROM tenant CROSS JOIN generate_series(1, size) AS n
    JOIN unnest(ARRAY['Anna', 'Boris', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hiroshi', 'Ines'])
         WITH ORDINALITY AS a (given, i) ON i = n % 8 + 1
    JOIN unnest(ARRAY['Jansson', 'Kowalski', 'Lefèvre', 'Müller', 'Novák', 'Okafor', 'Pereira'])
         WITH ORDINALITY AS b (family, j) ON j = n % 7 + 1
   ORDER BY n`;

/** Of ten one is a member of the account, one of a group, and each of the others of an organization that no other is in. */
const memberships = `
  INSERT INTO memberships (id, user_id, account_id, group_id, organization_id, role, version, created_at)
  SELECT uuidv7(), user_id, account, CASE WHEN n % 10 = 1 THEN home END, CASE WHEN n % 10 > 1 THEN unit END,
         CASE WHEN n % 30 = 0 THEN 'supporter' WHEN n % 20 = 3 THEN 'manager' ELSE 'viewer' END, 1, now()
    FROM tenant
    JOIN LATERAL (SELECT user_id, row_number() OVER (ORDER BY user_id) AS n
                    FROM profiles WHERE primary_email LIKE '%@' || domain) AS users ON true
    JOIN LATERAL (SELECT o.id AS unit, coalesce(group_id, south.id) AS home, row_number() OVER (ORDER BY o.id) AS n
                    FROM organizations o JOIN groups south ON south.account_id = account AND south.name = 'South'
                   WHERE o.account_id = account) AS units USING (n)
   ORDER BY n`;

const invitations = `
  INSERT INTO invitations (id, account_id, email, scope_type, scope_id, role, status, secret_hash, mail_id, expires_at,
                           created_by_id, created_by_name, version, created_at)
  SELECT uuidv7(), account, 'guest.' || n || '@' || domain, 'organization', unit, 'viewer',
         CASE WHEN n % 20 = 1 THEN 'pending' WHEN n % 20 = 2 THEN 'canceled' ELSE 'accepted' END,
         gen_random_uuid(), uuidv7(), now() + interval '1 day', account, 'Olivia Owner', 1, now()
    FROM tenant
    JOIN LATERAL (SELECT id AS unit, row_number() OVER (ORDER BY id) AS n
                    FROM organizations WHERE account_id = account) AS units ON true
   ORDER BY n`;

/**
 * In their order: a tenant's groups, organizations, users, memberships and invitations, as many of each but of groups.
 * `$1` the account's id, `$2` how many, `$3` the domain of their addresses. Names are put together from a few.
 */
export const tenantStatements = [groups, organizations, profiles, memberships, invitations].map(
  (text) => TENANT + text,
);
