package dev.onward.call;

import dev.onward.mutation.WholeTestClasses;

class WholeTestClassesTest extends WholeTestClasses {}
