// Documents that the Kubernetes API's own schemas do not have.
import type {IContainer} from 'kubernetes-models/v1/Container';
import type {IPod} from 'kubernetes-models/v1/Pod';
import type {IObjectMeta} from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';

// `kubectl debug --custom` takes part of a container.
export type DebugContainer = Partial<IContainer>;

type Part<T> = T extends object ? {[Key in keyof T]?: Part<T[Key]>} : T;

// Kyverno's schema is in no package that can be had: these are its fields, as far as a validating pattern needs them. The
// pattern is part of what it matches.
export interface ClusterPolicy {
  apiVersion: 'kyverno.io/v1';
  kind: 'ClusterPolicy';
  metadata: IObjectMeta;
  spec: {
    rules: {
      name: string;
      match: {any: {resources: {kinds: 'Pod'[]}}[]};
      validate: {failureAction: 'Audit' | 'Enforce'; message: string; pattern: Part<IPod>};
    }[];
  };
}
