import { shellText } from '../../../render/node/script/shell-text';

/**
 * Reads a certificate with what every machine has: openssl is on few of them. The first certificate of a file as hexadecimal digits, and in those the day on
 * which it ends and the name that it is for, by the tags of DER.
 *
 * @see RFC 5280, 4.1.2.5 (Validity) and 4.1.2.6 (Subject); ITU-T X.690
 */
export const READ_CERTIFICATE = shellText`
# digits_of FILE: the first certificate in it.
digits_of() {
  awk '/-----BEGIN CERTIFICATE-----/ { n++; next } /-----END/ { if (n == 1) exit } n == 1' "$1" |
    base64 -d 2> /dev/null | od -An -v -tx1 | tr -d ' \n'
}

# last_day_of FILE: prints YYYYMMDD, or nothing. Times are of two digits for the year before 2050, of four from then on.
last_day_of() {
  digits=$(digits_of "$1")
  utc=$(printf '%s' "$digits" | sed -n 's/.*301e170d\(3[0-9]\)\{12\}5a170d\(\(3[0-9]\)\{6\}\).*/\2/p')
  later=$(printf '%s' "$digits" | sed -n 's/.*302[02]1[78]0[df]\(3[0-9]\)\{12,14\}5a180f\(\(3[0-9]\)\{8\}\).*/\2/p')
  printf '%s' "\${utc:+3230}\${utc:-$later}" | sed 's/3\(.\)/\1/g'
}

# is_over FILE: its last day has come, or nobody can read it.
is_over() {
  last_day=$(last_day_of "$1")
  [ -n "$last_day" ] || return 0
  [ "$(date -u +%Y%m%d)" -ge "$last_day" ]
}

# is_for FILE NAME: the name of its subject. The length stands before it, so that no name passes for the begin of another.
is_for() {
  subject="system:node:$2"
  wanted=$(printf '%02x' "\${#subject}")$(printf '%s' "$subject" | od -An -v -tx1 | tr -d ' \n')
  case $(digits_of "$1") in *060355040313"$wanted"* | *06035504030c"$wanted"*) ;; *) return 1 ;; esac
}
`;
