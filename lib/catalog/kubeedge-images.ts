import { published } from '../model/figure';

/** Has `sh` and `nsenter`; made for amd64, arm64 and arm/v7 among others. @see https://hub.docker.com/_/busybox */
export const KUBEEDGE_CARRIER_IMAGE = published('docker.io/library/busybox:1.37.0', 'Docker Official Images, busybox');

/** What holds a pod together, and is on each node for that, whose `edgecore.yaml` names it. @see kubeedge/kubeedge, componentconfig/edgecore/v1alpha2/default.go */
export const KUBEEDGE_PAUSE_IMAGE = published('kubeedge/pause:3.6', 'kubeedge/kubeedge, edgecore defaults');
