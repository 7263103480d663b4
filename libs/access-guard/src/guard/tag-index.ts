/** Most tags are carried by one item alone, and a set for each would weigh more than the item. */
class Several<Item> extends Set<Item> {}

/** Finds items by the tags they carry. */
export class TagIndex<Item extends object> {
  private readonly items = new Map<string, Item | Several<Item>>();

  add(tags: readonly string[], item: Item): void {
    for (const tag of tags) {
      const tagged = this.items.get(tag);
      if (tagged === undefined) this.items.set(tag, item);
      else if (tagged instanceof Several) tagged.add(item);
      else if (tagged !== item) this.items.set(tag, new Several([tagged, item]));
    }
  }

  remove(tags: readonly string[], item: Item): void {
    for (const tag of tags) {
      const tagged = this.items.get(tag);
      if (tagged instanceof Several) tagged.delete(item);
      if (tagged === item || (tagged instanceof Several && tagged.size === 0)) this.items.delete(tag);
    }
  }

  /** Those that carry any of the tags, each once, as they are now. */
  find(tags: readonly string[]): Set<Item> {
    const found = new Set<Item>();
    for (const tag of tags) {
      const tagged = this.items.get(tag);
      if (tagged instanceof Several) tagged.forEach((item) => found.add(item));
      else if (tagged !== undefined) found.add(tagged);
    }
    return found;
  }
}
