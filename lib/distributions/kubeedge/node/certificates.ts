import { shellText } from '../../../render/node/script/shell-text';

/**
 * Reads a certificate with what every machine has: openssl is on few of them. The first certificate of a file as hexadecimal digits, and in those the day on
 * which it ends and the name that it is for, by the tags of DER.
 *
 * @see RFC 5280, 4.1.2.5 (Validity) and 4.1.2.6 (Subject); RFC 5915, 3 (keys of elliptic curves); ITU-T X.690
 */
export const READ_CERTIFICATE = shellText`
# digits_of FILE KIND: the first of that kind in it.
digits_of() {
  awk -v kind="$2" '$0 ~ "-----BEGIN .*" kind "-----" { n++; next } /-----END/ { if (n == 1) exit } n == 1' "$1" |
    base64 -d 2> /dev/null | od -An -v -tx1 | tr -d ' \n'
}

# last_day_of FILE: prints YYYYMMDD, or nothing. Times are of two digits for the year before 2050, of four from then on.
last_day_of() {
  digits=$(digits_of "$1" CERTIFICATE)
  utc=$(printf '%s' "$digits" | sed -n 's/.*301e170d\(3[0-9]\)\{12\}5a170d\(\(3[0-9]\)\{6\}\).*/\2/p')
  later=$(printf '%s' "$digits" | sed -n 's/.*302[02]1[78]0[df]\(3[0-9]\)\{12,14\}5a180f\(\(3[0-9]\)\{8\}\).*/\2/p')
  printf '%s' "\${utc:+3230}\${utc:-$later}" | sed 's/3\(.\)/\1/g'
}

# is_over FILE: its last day is over, or nobody can read it.
is_over() {
  last_day=$(last_day_of "$1")
  [ -n "$last_day" ] || return 0
  [ "$(date -u +%Y%m%d)" -gt "$last_day" ]
}

# is_for FILE NAME: the name of its subject. The length stands before it, so that no name passes for the begin of another.
is_for() {
  subject="system:node:$2"
  wanted=$(printf '%02x' "\${#subject}")$(printf '%s' "$subject" | od -An -v -tx1 | tr -d ' \n')
  case $(digits_of "$1" CERTIFICATE) in *060355040313"$wanted"* | *06035504030c"$wanted"*) ;; *) return 1 ;; esac
}

# are_pair CERTIFICATE KEY: both have the same public half, and their ends. A key that is not of P-256, as those of edgecore
# are, is for openssl to read; where there is none, it is believed.
are_pair() {
  grep -q '^-----END ' "$1" && grep -q '^-----END ' "$2" || return 1
  point=$(digits_of "$2" 'PRIVATE KEY' | sed -n 's/.*a144034200\(04[0-9a-f]\{128\}\)$/\1/p')
  if [ -n "$point" ]; then
    case $(digits_of "$1" CERTIFICATE) in *"034200$point"*) ;; *) return 1 ;; esac
  elif has openssl; then
    public=$(openssl pkey -in "$2" -passin pass: -pubout 2> /dev/null < /dev/null) || return 1
    [ "$public" = "$(openssl x509 -in "$1" -noout -pubkey 2> /dev/null)" ]
  fi
}
`;
