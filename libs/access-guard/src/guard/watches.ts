import { TagIndex } from './tag-index.ts';
import type { Trustee } from '../trust/live-trust.ts';
import type { Watch } from './watch.ts';

/** The open streams, found by what their credentials stand on. */
export class Watches implements Trustee {
  private readonly byTag = new TagIndex<Watch>();
  private readonly tags = new Map<Watch, readonly string[]>();

  add(watch: Watch): void {
    this.tags.set(watch, []);
  }

  /** Notes what a watch's latest answer stands on, unless its stream has closed meanwhile. */
  tag(watch: Watch, tags: readonly string[]): void {
    const before = this.tags.get(watch);
    if (!before) return;
    this.byTag.remove(before, watch);
    this.byTag.add(tags, watch);
    this.tags.set(watch, tags);
  }

  remove(watch: Watch): void {
    this.tag(watch, []);
    this.tags.delete(watch);
  }

  drop(tags: readonly string[]): void {
    for (const watch of this.byTag.find(tags)) watch.check();
  }

  forget(): void {
    for (const watch of [...this.tags.keys()]) watch.check();
  }

  stopAll(): void {
    for (const watch of [...this.tags.keys()]) {
      watch.stop();
      this.remove(watch);
    }
  }
}
