/**
 * How sites get what they run: one line. Instead of it, for example:
 *
 *   Delivery.flux({ oci: 'oci://registry.grocer.example/fleet' })
 *   Delivery.rancherFleet({ git: 'https://git.grocer.example/fleet.git' })
 *   Delivery.argoCd({ git: 'https://git.grocer.example/fleet.git' })
 */
import { Delivery } from 'edgecdk';

export const delivery = Delivery.local();
