import { type Step, shellText } from './shell-text';

/** Where a tree says how secrets come to its machines, the script that gets one; absent where they only come on a medium. */
export const GET_SECRET = '/etc/edgecdk/scripts/get-secret.sh';

/** Behind the clock: who hands secrets out is known by a certificate. */
export const BRING_SECRETS: Step = {
  name: 'bring_secrets',
  title: 'get the secrets that are missing, where the tree says how; without one of them, wait',
  text: shellText`
# What the machine has stays: it may have been changed since.
bring_secrets() {
  provider=$tree/files${GET_SECRET}
  for secret in $SECRETS; do
    if [ ! -s "$secrets/$secret" ] && [ -f "$provider" ]; then
      EDGECDK_NODE=$NODE_NAME sh "$provider" "$secret" "$secrets/$secret" || :
    fi
    [ -s "$secrets/$secret" ] || later "the secret /etc/edgecdk/secrets/$secret is not there yet"
  done
}
`,
};
