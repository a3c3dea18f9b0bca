import { shellText } from './shell-text';

/**
 * For the script of the quiet hour. A tree that failed stops Kubernetes for as long as it takes to fail again: so it is tried once a night, and not
 * whenever somebody brings it by day.
 */
export const RETRY_FAILED = shellText`
if [ -f "$state/failed" ]; then
  read -r digest _ < "$state/failed" || :
  payload=$state/payloads/$digest
  [ ! -f "$payload/tree/apply.sh" ] || exec /bin/sh "$payload/tree/apply.sh" --identity "$payload/identity" --retry
fi
`;
