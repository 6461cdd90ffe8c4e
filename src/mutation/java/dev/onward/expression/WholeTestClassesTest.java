package dev.onward.expression;

import dev.onward.mutation.WholeTestClasses;

class WholeTestClassesTest extends WholeTestClasses {}
