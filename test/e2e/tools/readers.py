"""Calls the parsers of Debian's Python programs: reads a list of jobs as JSON, and prints what came of each."""

import contextlib
import copy
import io
import json
import os
import pwd
import sys
import tempfile
import traceback


def keep_off_this_machine(place):
    """cloud-init would read this machine's own seed, and as root write to its /run: so it gets other places."""
    from cloudinit import settings

    settings.CLOUD_CONFIG = os.path.join(place, "cloud.cfg")
    settings.DEFAULT_RUN_DIR = place
    settings.CFG_BUILTIN["system_info"]["paths"].update(cloud_dir=place, run_dir=place, templates_dir=place)
    from cloudinit import temp_utils

    temp_utils._ROOT_TMPDIR = place


def schema(job):
    """The command `cloud-init schema`, without the second that each start of Python takes."""
    from cloudinit.cmd.main import main

    kind = ["--schema-type", job["schemaType"]] if "schemaType" in job else []
    code = main(["cloud-init", "schema", *kind, "--config-file", job["file"]])
    if code:
        raise SystemExit(code)


def seed(job):
    """What the data source NoCloud finds in a seed, with the files of user-data written below a root."""
    from cloudinit import distros, helpers, util
    from cloudinit.config.cc_write_files import write_files
    from cloudinit.sources.DataSourceNoCloud import DataSourceNoCloud

    paths = helpers.Paths({"cloud_dir": job["cloud"], "run_dir": job["cloud"]})
    distro = distros.fetch("debian")("debian", {}, paths)
    source = DataSourceNoCloud({"datasource": {"NoCloud": {"fs_label": None}}}, distro, paths)
    if not source._get_data():
        raise ValueError("NoCloud does not take this for a seed")
    config = util.load_yaml(source.get_userdata_raw())
    if not isinstance(config, dict):
        raise ValueError("cloud-init cannot read user-data")
    files = config["write_files"]
    own = pwd.getpwuid(os.getuid()).pw_name
    owners = [entry["owner"] for entry in files]
    write_files("write_files", [{**entry, "path": job["root"] + entry["path"], "owner": own} for entry in files], own)
    hostname = source.get_hostname()
    return {
        "instanceId": source.get_instance_id(),
        "hostname": getattr(hostname, "hostname", hostname),
        "network": source.network_config,
        "owners": sorted(set(owners)),
    }


def network(job):
    """The command `cloud-init devel net-convert`."""
    # With netplan's own module it would write to this machine's /etc/netplan, whatever folder it is given.
    sys.modules["netplan.parser"] = None
    from cloudinit import distros
    from cloudinit.cmd.devel import net_convert

    # It cuts the first letter off a path that is the class's own, so that a second run would write elsewhere.
    kind = distros.fetch(job["distro"])
    kept = copy.deepcopy(kind.renderer_configs)
    names = {"--network-data": "file", "--directory": "into", "--distro": "distro", "--output-kind": "output"}
    args = [text for option, name in names.items() for text in (option, job[name])]
    try:
        net_convert.handle_args("net-convert", net_convert.get_parser().parse_args(["--kind", "yaml", *args]))
    finally:
        kind.renderer_configs = kept


def ufw(job):
    """Ports of each application profile in a folder, as ufw reads them."""
    import builtins

    builtins._ = str  # its own entry point puts the translator there
    from ufw import applications

    profiles = applications.get_profiles(job["folder"])
    for name, profile in profiles.items():
        applications.verify_profile(name, profile)
    return {name: sorted(applications.get_ports(profile)) for name, profile in profiles.items()}


def firewalld(job):
    """Ports of a service, as firewalld reads it."""
    from firewall.core.io.service import service_reader

    service = service_reader(os.path.basename(job["file"]), os.path.dirname(job["file"]))
    return sorted("/".join(port) for port in service.ports)


def run(job):
    said = io.StringIO()
    value = None
    failed = False
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            value = {"schema": schema, "seed": seed, "network": network, "ufw": ufw, "firewalld": firewalld}[job["job"]](job)
        except SystemExit as end:
            failed = end.code not in (None, 0)
            if isinstance(end.code, str):
                said.write(end.code)
        except Exception:
            failed = True
            traceback.print_exc()
    return {"failed": failed, "said": said.getvalue().strip(), "value": value}


with tempfile.TemporaryDirectory() as scratch:
    keep_off_this_machine(scratch)
    print(json.dumps([run(job) for job in json.load(sys.stdin)]))
