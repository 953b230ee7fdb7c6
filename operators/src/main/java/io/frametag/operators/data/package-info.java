/** What travels between the operators, and its serializers. */
@NullMarked
package io.frametag.operators.data;

import org.jspecify.annotations.NullMarked;
