import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly state: 'on' | 'off';
}

const madeUp: readonly Device[] = [
  { id: 'front-door', name: 'Front door', state: 'off' },
  { id: 'boiler', name: 'Boiler', state: 'on' },
  { id: 'camera', name: 'Camera', state: 'on' },
];

/** A few made-up devices for each organization, in memory: a restart forgets what was done to them. */
@Injectable()
export class Devices {
  private readonly places = new Map<string, Map<string, Device>>();
  private readonly changes = new EventEmitter().setMaxListeners(0);

  /** Those of an organization, or of an account itself. */
  of(place: string): Device[] {
    return [...this.at(place).values()];
  }

  /** Answers the device as it is then; undefined where there is none of this id. */
  turn(place: string, id: string, state: Device['state']): Device | undefined {
    const before = this.at(place).get(id);
    if (!before) return undefined;
    const device = { ...before, state };
    this.at(place).set(id, device);
    this.changes.emit(place, device);
    return device;
  }

  /** Calls back for each change. Call what it answers to hear no more. */
  follow(place: string, onChange: (device: Device) => void): () => void {
    this.changes.on(place, onChange);
    return () => this.changes.off(place, onChange);
  }

  private at(place: string): Map<string, Device> {
    const known = this.places.get(place) ?? new Map(madeUp.map((device) => [device.id, device]));
    this.places.set(place, known);
    return known;
  }
}
