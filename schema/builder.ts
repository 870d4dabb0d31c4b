import SchemaBuilder, { type InputRef } from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import type { Context } from '../src/context.ts';
import { DateScalar, DateTime } from './scalars.ts';

/** A fresh builder: one process builds the one graph and each of the four, so nothing of a schema lives in a module. */
export function createBuilder() {
  const builder = new SchemaBuilder<{
    Context: Context;
    Scalars: {
      ID: { Input: string; Output: string };
      Date: { Input: string; Output: string };
      DateTime: { Input: string; Output: string };
    };
  }>({ plugins: [DataloaderPlugin] });
  builder.addScalarType('Date', DateScalar);
  builder.addScalarType('DateTime', DateTime);
  return builder;
}

export type Builder = ReturnType<typeof createBuilder>;

/** Of a type that is asked with. */
export type Ref<T = unknown> = InputRef<T>;

/** What makes the fields of such a type. */
export type InputBuilder = Parameters<Parameters<Builder['inputType']>[1]['fields']>[0];
