/**
 * Network plug-ins that machines of KubeEdge get, which brings none. From v1.6.0 to v1.8.0 the one for ports of the host may take traffic that is none of its own
 * (CVE-2025-67499).
 *
 * @see containernetworking/plugins, releases, and advisory GHSA-jv3w-x3r3-g6rm
 */
export const CNI_PLUGINS_VERSION = 'v1.9.1';
