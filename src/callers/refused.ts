import { errors } from 'jose';
import { Failure } from '../failures.ts';

/** The check that a token has failed. The words are all there is: no token brings one of its own into the log. */
export type FailedCheck =
  | 'no token'
  | 'two headers'
  | 'too long'
  | 'malformed'
  | 'algorithm'
  | 'unknown key'
  | 'several keys'
  | 'unusable key'
  | 'signature'
  | 'type'
  | 'issuer'
  | 'audience'
  | 'no subject'
  | 'no expiry'
  | 'expired'
  | 'no time of issue'
  | 'too old'
  | 'not yet valid'
  | 'subject'
  | 'organisations: no list'
  | 'organisations: too many'
  | 'organisations: no UUID';

/** The caller is told the same of every check, so that nobody learns to pass them by trying. The log is told which it was. */
export class Refused extends Failure {
  readonly check: FailedCheck;

  constructor(check: FailedCheck, code: 'UNAUTHENTICATED' | 'FORBIDDEN' = 'UNAUTHENTICATED', message?: string) {
    super(code, message);
    this.check = check;
  }
}

/** Signed by the right issuer, but what it says about organisations cannot be used. */
export const forbidden = (check: FailedCheck) =>
  new Refused(check, 'FORBIDDEN', 'The token does not say which organisations may be seen.');

const missing: Readonly<Record<string, FailedCheck>> = {
  iss: 'issuer',
  aud: 'audience',
  sub: 'no subject',
  exp: 'no expiry',
  iat: 'no time of issue',
};

const failed: Readonly<Record<string, FailedCheck>> = {
  iss: 'issuer',
  aud: 'audience',
  nbf: 'not yet valid',
  iat: 'not yet valid',
};

/** Which check of jose it was. Its own texts are left alone: they are made of what stood in the token. */
export function failedCheckOf(error: unknown): FailedCheck {
  if (error instanceof errors.JWTExpired) return error.claim === 'exp' ? 'expired' : 'too old';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const words = error.reason === 'missing' ? missing : error.reason === 'check_failed' ? failed : {};
    return words[error.claim] ?? 'malformed';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown key';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'several keys';
  if (error instanceof errors.JWKSInvalid || error instanceof errors.JWKInvalid) return 'unusable key';
  // Whatever else it says of a token is about its form; what it did not say came from the key that the issuer has published.
  return error instanceof errors.JOSEError ? 'malformed' : 'unusable key';
}
