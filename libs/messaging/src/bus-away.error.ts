/** The connection to the bus is away, or went: what was sent may have been heard or not. */
export class BusAwayError extends Error {
  override readonly name = 'BusAwayError';

  constructor() {
    super('The connection to the bus is away');
  }
}
