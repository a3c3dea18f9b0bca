package main

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/yaml"
)

// What of a fleet.yaml has a part in how a release is made. Fleet's own types cannot be had as a module of a registry; these have the same names.
type fleetYaml struct {
	Name                 string         `json:"name"`
	DefaultNamespace     string         `json:"defaultNamespace"`
	Helm                 helmOptions    `json:"helm"`
	OverrideTargets      []bundleTarget `json:"overrideTargets"`
	TargetCustomizations []bundleTarget `json:"targetCustomizations"`
	RolloutStrategy      struct {
		Partitions []bundleTarget `json:"partitions"`
	} `json:"rolloutStrategy"`
}

type bundleTarget struct {
	Name            string                `json:"name"`
	ClusterSelector *metav1.LabelSelector `json:"clusterSelector"`
	Helm            helmOptions           `json:"helm"`
}

type helmOptions struct {
	Chart          string            `json:"chart"`
	Repo           string            `json:"repo"`
	Version        string            `json:"version"`
	ReleaseName    string            `json:"releaseName"`
	Values         map[string]any    `json:"values"`
	TemplateValues map[string]string `json:"templateValues"`
}

type cluster struct {
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		TemplateValues map[string]any `json:"templateValues"`
	} `json:"spec"`
}

type release struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Chart     string `json:"chart"`
	Repo      string `json:"repo"`
	Version   string `json:"version"`
	Partition string `json:"partition"`
}

// deployBundle goes the way from a bundle and a cluster to objects: which customization the cluster's labels select, what its options are with it, what their
// templates give, and which of the bundle's charts Helm renders with that. It stands for Targets, Merge and preprocessHelmValues of the hub
// (rancher/fleet, internal/cmd/controller/target and options), and for DetermineStyle and HelmChart of the agent (internal/bundlereader, internal/helmdeployer).
func deployBundle(files map[string]string, clusterText string) (result, error) {
	var bundle fleetYaml
	var own cluster
	if err := errors.Join(yaml.UnmarshalStrict([]byte(files["fleet.yaml"]), &map[string]any{}), yaml.Unmarshal([]byte(files["fleet.yaml"]), &bundle), yaml.Unmarshal([]byte(clusterText), &own)); err != nil {
		return result{}, err
	}
	if first(bundle.OverrideTargets, own.Labels) == nil {
		return result{}, errors.New("no bundle deployment: the cluster is not selected")
	}
	options := bundle.Helm
	if custom := first(bundle.TargetCustomizations, own.Labels); custom != nil {
		options = merged(options, custom.Helm)
	}
	values, err := filled(options, own)
	if err != nil {
		return result{}, err
	}
	made := release{Name: options.ReleaseName, Namespace: bundle.DefaultNamespace, Chart: options.Chart, Repo: options.Repo, Version: options.Version}
	if partition := first(bundle.RolloutStrategy.Partitions, own.Labels); partition != nil {
		made.Partition = partition.Name
	}
	chart := folder(files, options)
	if chart == nil && options.Repo == "" {
		return result{}, fmt.Errorf("the bundle has no chart %q", options.Chart)
	}
	if chart == nil {
		return result{Value: values, Release: &made}, nil
	}
	objects, err := renderChart(chart, made, values, writtenAnew{})
	return result{Value: values, Objects: objects, Release: &made}, err
}

func first(targets []bundleTarget, own map[string]string) *bundleTarget {
	for i, target := range targets {
		selector, err := metav1.LabelSelectorAsSelector(target.ClusterSelector)
		if err == nil && target.ClusterSelector != nil && selector.Matches(labels.Set(own)) {
			return &targets[i]
		}
	}
	return nil
}

// The hub first gives a customization the chart of the bundle where it has none, and then lays it over the bundle's own options.
func merged(base, custom helmOptions) helmOptions {
	over := func(own, below string) string {
		if own != "" {
			return own
		}
		return below
	}
	values := maps.Clone(base.Values)
	if values == nil {
		values = map[string]any{}
	}
	maps.Copy(values, custom.Values)
	templates := maps.Clone(base.TemplateValues)
	if templates == nil {
		templates = map[string]string{}
	}
	maps.Copy(templates, custom.TemplateValues)
	return helmOptions{
		Chart:          over(custom.Chart, base.Chart),
		Repo:           over(custom.Repo, base.Repo),
		Version:        over(custom.Version, base.Version),
		ReleaseName:    over(custom.ReleaseName, base.ReleaseName),
		Values:         values,
		TemplateValues: templates,
	}
}

// Strings of values that begin with a certain word are labels; all values are one template; each of the template values is one, and goes over them.
func filled(options helmOptions, own cluster) (map[string]any, error) {
	context := map[string]any{
		"ClusterName":        own.Name,
		"ClusterNamespace":   own.Namespace,
		"ClusterLabels":      own.Labels,
		"ClusterAnnotations": own.Annotations,
		"ClusterValues":      own.Spec.TemplateValues,
	}
	withLabels(options.Values, own.Labels)
	text, err := yaml.Marshal(options.Values)
	if err != nil {
		return nil, err
	}
	all, err := fill(string(text), "${", "}", context)
	if err != nil {
		return nil, err
	}
	values, _ := all.(map[string]any)
	if values == nil {
		values = map[string]any{}
	}
	for key, template := range options.TemplateValues {
		value, err := fill(template, "${", "}", context)
		if err != nil {
			return nil, err
		}
		values[key] = value
	}
	return values, nil
}

func withLabels(values map[string]any, own map[string]string) {
	for key, value := range values {
		switch value := value.(type) {
		case string:
			if label, ok := strings.CutPrefix(value, "global.fleet.clusterLabels."); ok {
				values[key] = own[label]
			}
		case map[string]any:
			withLabels(value, own)
		}
	}
}

// folder has the files of the chart that the options name, where it is one of the bundle.
func folder(files map[string]string, options helmOptions) map[string]string {
	if _, ok := files[path.Join(options.Chart, "Chart.yaml")]; !ok {
		return nil
	}
	chart := map[string]string{}
	for name, text := range files {
		if inside, ok := strings.CutPrefix(name, options.Chart+"/"); ok {
			chart[inside] = text
		}
	}
	return chart
}
