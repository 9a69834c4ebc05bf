-- What the workflow supplier-connection.json expects of its database. Run it once, as the owner.
-- Your members are probably in a table of your own: make concur_members a view of it.

CREATE EXTENSION IF NOT EXISTS pgcrypto;

CREATE TABLE IF NOT EXISTS concur_members (
	id text PRIMARY KEY,
	loyalty_number text NOT NULL UNIQUE,
	last_name text NOT NULL,
	email text,
	email_verified boolean NOT NULL DEFAULT false,
	needs_attention boolean NOT NULL DEFAULT false
);

-- One row for each connected traveler. The refresh token is encrypted with the key below.
CREATE TABLE IF NOT EXISTS concur_connections (
	user_id text PRIMARY KEY,
	member_id text NOT NULL,
	geolocation text NOT NULL,
	refresh_token bytea NOT NULL,
	connected_at timestamptz NOT NULL DEFAULT now()
);

-- How often a request was answered, by the two limits of SAP Concur: 4 refusals, 48 postponements.
CREATE TABLE IF NOT EXISTS concur_attempts (
	id text PRIMARY KEY,
	refusals integer NOT NULL,
	retries integer NOT NULL
);

-- The key belongs to the role that n8n signs in with, and to nobody else:
--   ALTER ROLE n8n SET concur.key = 'a long random text';
-- To read a token back: SELECT pgp_sym_decrypt(refresh_token, current_setting('concur.key')) …
