import type { AnswerOf, Contract, InputOf, RequestContext } from '@valetkey/contracts';

const handled = new WeakMap<object, Contract>();
const found = new WeakMap<object, readonly Contract[]>();

/** The request's context, and where a handler notes what its reply must say beside the answer. */
export interface HandlerContext extends RequestContext {
  reply: { touched: string[] };
}

type Handler<C extends Contract> = (input: InputOf<C>, context: HandlerContext) => Promise<AnswerOf<C>>;
type Finder = (input: Record<string, unknown>, context: HandlerContext) => Promise<boolean>;

/** Marks the method that handles a contract. An output or a code that the contract does not declare does not compile. */
export function Handles<C extends Contract>(contract: C) {
  return <H extends Handler<C>>(
    _target: object,
    _name: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    if (descriptor.value) handled.set(descriptor.value, contract);
  };
}

/**
 * Marks the method that tells whether the row a path names is there for the caller. It decides between 404 and 400
 * when a body is malformed, since an unknown row answers alike whatever the body.
 */
export function Finds(...contracts: Contract[]) {
  return <F extends Finder>(_target: object, _name: string | symbol, descriptor: TypedPropertyDescriptor<F>): void => {
    if (descriptor.value) found.set(descriptor.value, contracts);
  };
}

export function handledBy(method: object): Contract | undefined {
  return handled.get(method);
}

export function foundBy(method: object): readonly Contract[] {
  return found.get(method) ?? [];
}
