import { stringify } from 'yaml';
import { turnGroup } from './ansible-inventory';

/** What `apply.sh` ends with, as far as the playbook tells them apart: all others are failures. */
export const applyCodes = { done: 0, later: 75, rebooting: 76 } as const;

/**
 * `playbook.yaml`. Ansible has no "one at a time per site", so machines take turns: in a turn each site has one machine, and all sites go on side by side.
 * `assembly` is the path of the assembly as seen from the playbook.
 */
export function ansiblePlaybook(turns: number, assembly: string): string {
  const plays = Array.from({ length: turns }, (_, index) => ({
    name: `Turn ${index + 1} of ${turns}, one machine of each site`,
    hosts: turnGroup(index + 1),
    gather_facts: false,
    become: true,
    vars: { edgecdk_assembly: `{{ playbook_dir }}/${assembly}` },
    tasks: [{ name: 'Bring the machine to its node tree', 'ansible.builtin.include_tasks': tasksFile }],
  }));
  return `${HEAD}${yaml(plays)}`;
}

export const tasksFile = 'apply-tree.yaml';

const HEAD = `# Written by edgecdk export --ansible. Brings machines to the node trees of the assembly: for repair, and where nothing else reaches them.
#
#   ansible-playbook -i inventory.yaml playbook.yaml --limit site_...
#
# At each site it is one machine after the other, servers first; where one does not come through, those behind it are left alone.
# Without --limit it is about all sites of the inventory, as many side by side as --forks says.
#
#   -e edgecdk_assembly=DIR               the assembly, if it lies somewhere else
#   -e '{"edgecdk_flags": ["--retry"]}'   more options for apply.sh; the head of nodes/TREE/apply.sh says which there are
#   -e edgecdk_attempts=60                how often apply.sh is run, half a minute apart, while it waits for something (30)
#
# Secrets do not travel with it: they are in /etc/edgecdk/secrets of the machine before.
`;

const command = {
  argv: "{{ ['sh', edgecdk_folder.path ~ '/nodes/' ~ edgecdk_tree ~ '/apply.sh', '--identity', edgecdk_folder.path ~ '/' ~ edgecdk_identity] + (edgecdk_flags | default([])) }}",
};

/** As `boot.sh` does: the files that are there. A device tree ends its texts with a null. */
const whoAmI =
  "cat /sys/class/dmi/id/product_serial /proc/device-tree/serial-number /sys/class/net/*/address 2> /dev/null | tr '\\000' '\\n'";

/** Where it is macOS that packs, it adds no files of its own. */
const pack = 'COPYFILE_DISABLE=1 tar -cf -';

const until = {
  until: `edgecdk_run.rc | default(${applyCodes.done}) != ${applyCodes.later}`,
  retries: '{{ edgecdk_attempts | default(30) | int }}',
  delay: '{{ edgecdk_pause | default(30) | int }}',
};

/** `apply-tree.yaml`: the tasks of one machine. */
export function ansibleTasks(): string {
  return `# Written by edgecdk export --ansible; playbook.yaml runs it for each machine.\n${yaml([
    { name: 'Say that the turn of this machine has come', 'ansible.builtin.set_fact': { edgecdk_began: true } },
    {
      name: 'Leave it alone where another machine of its site did not come through',
      'ansible.builtin.assert': {
        that: 'edgecdk_unfinished | length == 0',
        quiet: true,
        fail_msg: "did not come through: {{ edgecdk_unfinished | join(', ') }}. Repair that first",
      },
      vars: {
        edgecdk_unfinished:
          "{{ groups[edgecdk_site] | difference([inventory_hostname]) | map('extract', hostvars) | selectattr('edgecdk_began', 'defined') | rejectattr('edgecdk_done', 'defined') | map(attribute='inventory_hostname') | list }}",
      },
    },
    {
      name: 'Ask the machine who it is',
      'ansible.builtin.command': { argv: ['sh', '-c', whoAmI] },
      register: 'edgecdk_who',
      when: 'edgecdk_known_by | default([]) | length > 0',
      check_mode: false,
      changed_when: false,
    },
    {
      name: 'Refuse another machine than is meant, such as one of the same address at another site',
      'ansible.builtin.assert': {
        that: 'edgecdk_who.stdout_lines | intersect(edgecdk_known_by) | length > 0',
        quiet: true,
        fail_msg:
          "is none of {{ edgecdk_known_by | join(', ') }}, by which it is known. Correct its address, or the node inventory",
      },
      when: 'edgecdk_known_by | default([]) | length > 0',
    },
    {
      name: 'Make a fresh folder that outlives a restart',
      'ansible.builtin.tempfile': { state: 'directory', path: '/var/tmp', prefix: 'edgecdk-' },
      register: 'edgecdk_folder',
      check_mode: false,
      changed_when: false,
    },
    {
      name: 'Bring the machine to its tree, and take the folder away again',
      block: [
        {
          // The module that copies folders takes a second a file.
          name: 'Copy its tree and its identity',
          'ansible.builtin.command': {
            argv: ['sh', '-c', 'base64 -d | tar -xof - -C "$0"', '{{ edgecdk_folder.path }}'],
            stdin: `{{ lookup('ansible.builtin.pipe', '${pack} -C ' ~ (edgecdk_assembly | quote) ~ ' ' ~ (('nodes/' ~ edgecdk_tree) | quote) ~ ' ' ~ (edgecdk_identity | quote) ~ ' | base64') }}`,
          },
          check_mode: false,
          changed_when: false,
        },
        {
          // A restart may cut the connection before the code of the command has come through.
          name: `Run apply.sh, again while something is missing that may come (${applyCodes.later})`,
          'ansible.builtin.command': command,
          register: 'edgecdk_run',
          ...until,
          failed_when: `edgecdk_run.rc | default(${applyCodes.done}) not in [${applyCodes.done}, ${applyCodes.rebooting}]`,
          ignore_unreachable: true,
        },
        {
          name: 'Go on after the restart of the machine',
          when: `edgecdk_run.unreachable | default(false) or edgecdk_run.rc | default(${applyCodes.done}) == ${applyCodes.rebooting}`,
          block: [
            {
              name: `Wait for a machine that restarts (${applyCodes.rebooting})`,
              'ansible.builtin.wait_for_connection': {
                delay: '{{ edgecdk_pause | default(30) | int }}',
                timeout: '{{ edgecdk_restart | default(900) | int }}',
              },
            },
            {
              name: 'Run apply.sh once more',
              'ansible.builtin.command': command,
              register: 'edgecdk_run',
              ...until,
              failed_when: `edgecdk_run.rc | default(${applyCodes.done}) != ${applyCodes.done}`,
            },
          ],
        },
        { name: 'Say that this machine came through', 'ansible.builtin.set_fact': { edgecdk_done: true } },
      ],
      always: [
        {
          name: 'Take the folder away',
          'ansible.builtin.file': { path: '{{ edgecdk_folder.path }}', state: 'absent' },
          check_mode: false,
          changed_when: false,
        },
      ],
    },
  ])}`;
}

function yaml(value: unknown): string {
  return `---\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
