package main

import (
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type build struct {
	// Text by path.
	Files map[string]string `json:"files"`
	// Folder of the kustomization among them.
	Path string `json:"path"`
}

type built struct {
	Objects []map[string]any `json:"objects,omitempty"`
	Error   string           `json:"error,omitempty"`
}

// kustomize builds a folder with the options that Argo CD calls it with where nobody gives others: its own defaults, so that no file outside of a folder is read.
func kustomize(own build) built {
	files := filesys.MakeFsInMemory()
	for path, text := range own.Files {
		if err := files.WriteFile(path, []byte(text)); err != nil {
			return built{Error: err.Error()}
		}
	}
	resources, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(files, own.Path)
	if err != nil {
		return built{Error: err.Error()}
	}
	made := built{Objects: []map[string]any{}}
	for _, resource := range resources.Resources() {
		object, err := resource.Map()
		if err != nil {
			return built{Error: err.Error()}
		}
		made.Objects = append(made.Objects, object)
	}
	return made
}
