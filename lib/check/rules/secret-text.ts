import { hasToken } from '../../model/token';

/** Forms that a text has only if it is a secret, with what people call them. Each issuer documents its own, so that scanners find them. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/, 'a private key of age'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an access key of AWS'],
  [/\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})/, 'a token of GitHub'],
  [/\bglpat-[A-Za-z0-9_-]{20}/, 'a token of GitLab'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'a token of Slack'],
  [/\bhv[sb]\.[A-Za-z0-9_-]{24,}/, 'a token of Vault'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/, 'a signed token (JWT)'],
  // A password that comes from a variable, $(NAME) or ${NAME}, is none.
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:(?![$<{*])[^\s/?#@]+@/i, 'a URL with a password'],
];

/** What a text gives away, whatever it is called: `a private key`. */
export function secretForm(text: string): string | undefined {
  return FORMS.find(([form]) => form.test(text))?.[1];
}

const SECRET_VARIABLE =
  /(?:^|[_.-])(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|TOKEN|SECRET|CREDENTIALS?|API_?KEY|(?:SECRET|ACCESS|PRIVATE|ENCRYPTION|SIGNING)_?KEY)$/i;
/** Not `secret`: a chart's `existingSecret` has a name. */
const SECRET_VALUE = /(?:password|passwd|passphrase|token|api[_-]?key|(?:secret|access|private|encryption)[_-]?key)$/i;

/** Whether a variable of that name holds a secret, by its name and by what could be one. */
export function isSecretVariable(name: string, value: string): boolean {
  return SECRET_VARIABLE.test(name) && isNoSetting(value);
}

/** The same of a value of a Helm chart. */
export function isSecretValue(name: string, value: string): boolean {
  return SECRET_VALUE.test(name) && isNoSetting(value);
}

/** No switch, no small number, no path, no reference to something else. A site's value may be anything. */
function isNoSetting(value: string): boolean {
  if (value.trim() === '') return false;
  if (hasToken(value)) return true;
  return !(
    /^(true|false|yes|no|on|off|none|null|disabled|enabled|required|optional|auto)$/i.test(value) ||
    /^-?[0-9]{1,3}$/.test(value) ||
    /^(\/|\.{1,2}\/|file:|vault:|[A-Za-z]:\\)/.test(value) ||
    /^(\$[({][A-Za-z0-9_]+[)}]|\{\{.*\}\})$/.test(value)
  );
}
