import { GLOBAL_TOKEN_ORIGIN } from '../concur/auth/geolocation';
import { concurOriginPattern, loopbackOriginPattern } from '../concur/hosts';
import { addressExpression } from './region';

/*
 * n8n itself talks to Concur's token service for OAuth2 credentials and takes the addresses from
 * expressions, which cannot call our code: so the host rules go into them as patterns, and an
 * address that they refuse becomes empty.
 */
const BASE = addressExpression('$self');
const GEOLOCATION = `(($self["oauthTokenData"] || {})["geolocation"] || "").replace(/\\/$/, "")`;
const isConcur = (origin: string) => `${concurOriginPattern.toString()}.test(${origin})`;
const isLoopback = (origin: string) => `${loopbackOriginPattern.toString()}.test(${origin})`;

/** Where a person grants access: the sign-in host that asks for no client certificate (Base URIs). */
export const authorizeAddress = `={{ ${isConcur(BASE)} ? ${BASE}.replace("https://", "https://www-") + "/oauth2/v0/authorize" : ${isLoopback(BASE)} ? ${BASE} + "/oauth2/v0/authorize" : "" }}`;

/**
 * Where codes and refresh tokens are exchanged: the geolocation that came with the last token, where
 * it is of the same kind of host; before there is one, the global address.
 */
export const tokenAddress = `={{ ${isConcur(BASE)} ? (${isConcur(GEOLOCATION)} ? ${GEOLOCATION} : "${GLOBAL_TOKEN_ORIGIN}") + "/oauth2/v0/token" : ${isLoopback(BASE)} ? (${isLoopback(GEOLOCATION)} ? ${GEOLOCATION} : ${BASE}) + "/oauth2/v0/token" : "" }}`;
